/**
 * The composition root: reads the settings, creates every component, starts and stops the application. Knows all packages; no package
 * knows it.
 */
package id.warung.app;
