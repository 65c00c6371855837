package id.warung.browser;

import com.google.gson.Gson;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * What is to be seen on a page, as one reads it from top to bottom.
 *
 * @param address the part behind {@code #}
 * @param phase how the connection is
 * @param rows what stands in the log: {@code "> text"} is one's own message, {@code "< text"} another's; other rows begin with {@code "-- "}
 * @param notes what stands above and below the log and can be seen
 * @param sighted the rows that can be seen without scrolling, by their indexes
 * @param following true when the way to the end is not offered
 * @param atEnd true when one cannot scroll down
 * @param filled true when there is something to see down the whole height, or all there is
 * @param sidebar what is unread by the names of the rooms; 0 shows as nothing
 * @param here the rooms that are marked as the one on the page
 * @param draft what stands in the field; null when one cannot write
 * @param title the page's
 */
record Screen(
        String address,
        String phase,
        List<String> rows,
        List<String> notes,
        List<Integer> sighted,
        boolean following,
        boolean atEnd,
        boolean filled,
        Map<String, String> sidebar,
        List<String> here,
        String draft,
        String title) {
    static final String GONE = "< deleted";
    static final String EDITED = " (edited)";
    static final String NEW = "-- new";
    static final String WAITING = "-- waiting ";

    private static final String READ = """
            async () => {
                const frame = () => new Promise(requestAnimationFrame);
                for (let i = 0; i < 3; i++) await frame();
                const one = (selector) => document.querySelector(selector);
                const view = one('warung-timeline .scroll');
                if (!view) return null;
                const { top, bottom } = view.getBoundingClientRect();
                const seen = (node) => {
                    const box = node.getBoundingClientRect();
                    return box.height > 0 && box.bottom > top + 1 && box.top < bottom - 1;
                };
                const text = (node) => {
                    const copy = node.querySelector('.text').cloneNode(true);
                    const edited = copy.querySelector('.edited');
                    edited?.remove();
                    return copy.textContent.trim() + (edited ? ' (edited)' : '');
                };
                const row = (node) => {
                    const has = (name) => node.classList.contains(name);
                    if (has('fresh')) return '-- new';
                    if (!has('message')) return `-- ${node.textContent}`;
                    if (has('gone')) return '< deleted';
                    if (has('waiting') || has('sent') || has('acked') || has('failed')) return `-- waiting ${text(node)}`;
                    return `${has('own') ? '>' : '<'} ${text(node)}`;
                };
                const items = [...view.querySelectorAll('ol.rows > li')];
                const links = [...document.querySelectorAll('warung-sidebar ul.rooms a')];
                const name = (link) => link.hash.slice(1);
                const field = one('warung-composer textarea');
                const left = view.scrollHeight - view.scrollTop - view.clientHeight;
                return JSON.stringify({
                    address: location.hash.slice(1),
                    phase: one('warung-status').dataset.phase,
                    rows: items.map(row),
                    notes: [...view.querySelectorAll('p.note, .empty .title')].filter(seen).map((node) => node.textContent),
                    sighted: items.flatMap((node, i) => (seen(node) ? [i] : [])),
                    following: one('warung-timeline .jump').hidden,
                    atEnd: left < 32,
                    filled: view.scrollHeight > view.clientHeight,
                    sidebar: Object.fromEntries(links.map((link) => [name(link), link.querySelector('.count')?.textContent ?? ''])),
                    here: links.filter((link) => link.ariaCurrent === 'page').map(name),
                    draft: one('warung-composer').hidden ? null : field.value,
                    title: document.title,
                });
            }""";

    /** Three pictures from now: what one sees has been read by then. Null while the page is still on its way. */
    static Screen of(Page page) {
        page.bringToFront(); // others are drawn once a second only
        return new Gson().fromJson((String) page.evaluate(READ), Screen.class);
    }

    /** The messages, without what stands between them. */
    List<String> messages() {
        return rows.stream().filter(row -> !row.startsWith("-- ")).toList();
    }

    List<String> waiting() {
        return rows.stream()
                .filter(row -> row.startsWith(WAITING))
                .map(row -> row.substring(WAITING.length()))
                .toList();
    }

    /** True when this row can be seen without scrolling. */
    boolean isSighted(int row) {
        return sighted.contains(row);
    }
}
