"""Pages of posts, vacancies, turnover and skills."""
