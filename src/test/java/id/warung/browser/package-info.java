/**
 * The page in a real Chromium with the real executable WAR. These tests know what a user sees and does, and nothing of
 * the server's classes. The page's own unit tests run here too, in the same browser.
 */
package id.warung.browser;
