/**
 * The page in a real Chromium against the real executable WAR. These tests know what a person sees and does, and nothing of
 * the server's classes. The page's own unit tests run here too, in the same browser.
 */
package id.warung.browser;
