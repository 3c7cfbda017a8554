// Brings the components of a page to life. Every page works without it.
import { initAll } from "../vendor/govuk-frontend.min.js";

initAll();
