/** The composition root: settings, what is made of them, start and stop. Knows all packages; none knows it. */
package id.warung.app;
