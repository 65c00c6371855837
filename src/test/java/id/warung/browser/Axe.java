package id.warung.browser;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Page;
import java.util.List;

/** What axe-core finds wrong on a page, which has no frames. Runs in the page itself, which takes a fraction of the time. */
final class Axe {
    /** A link to a room is a fragment, but leads to no part of the page. */
    private static final String ALL = "{ rules: { 'skip-link': { enabled: false } } }";

    private static final String COLOURS = "{ runOnly: ['color-contrast'] }";

    private Axe() {}

    /** The violations of all rules: the rule, and the elements, as texts. */
    static List<?> violations(Page page) {
        return run(page, ALL);
    }

    /** Those of the contrast of colours alone. */
    static List<?> contrasts(Page page) {
        return run(page, COLOURS);
    }

    private static List<?> run(Page page, String options) {
        if (Boolean.FALSE.equals(page.evaluate("'axe' in window"))) {
            page.evaluate(AxeBuilder.getAxeScript());
        }
        return (List<?>) page.evaluate("""
                async () => {
                    const { violations } = await axe.run({ ...%s, resultTypes: ['violations'], preload: false });
                    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`);
                }""".formatted(options));
    }
}
