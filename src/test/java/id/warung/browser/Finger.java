package id.warung.browser;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;

/** A finger on a touch screen: it presses, moves and is lifted when the test says so. */
final class Finger {
    private final CDPSession browser;
    private double x;
    private double y;

    Finger(Page page) {
        browser = page.context().newCDPSession(page);
    }

    /** Puts the finger into the middle of this node. */
    Finger presses(Locator node) {
        node.scrollIntoViewIfNeeded();
        BoundingBox box = node.boundingBox();
        x = box.x + box.width / 2;
        y = box.y + box.height / 2;
        return touches("touchStart");
    }

    /** Moves on by this many pixels, in steps as a hand does. */
    Finger moves(double right, double down) {
        int steps = 8;
        for (int i = 0; i < steps; i++) {
            x += right / steps;
            y += down / steps;
            touches("touchMove");
        }
        return this;
    }

    void lifts() {
        send("touchEnd", new JsonArray());
    }

    private Finger touches(String type) {
        JsonObject point = new JsonObject();
        point.addProperty("x", x);
        point.addProperty("y", y);
        JsonArray points = new JsonArray();
        points.add(point);
        send(type, points);
        return this;
    }

    private void send(String type, JsonArray points) {
        JsonObject event = new JsonObject();
        event.addProperty("type", type);
        event.add("touchPoints", points);
        browser.send("Input.dispatchTouchEvent", event);
    }
}
