-- The rows of a holding, less those of a file that was read again.
SELECT held.* FROM held WHERE held.file NOT IN (SELECT gone.file FROM gone)
