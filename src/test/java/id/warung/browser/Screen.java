package id.warung.browser;

import com.google.gson.Gson;
import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/**
 * What a page shows, as one reads it from top to bottom.
 *
 * @param address the part after {@code #}
 * @param phase the state of the connection
 * @param rows the rows of the log: {@code "> text 👍2*"} is the user's own message, to which two react, the user among them; {@code "< text"} is another's; other rows begin with
 *     {@code "-- "}
 * @param notes the visible notes above and below the log
 * @param sighted the indexes of the rows that are visible without scrolling
 * @param following true when no button to the end is offered
 * @param atEnd true when one cannot scroll down
 * @param filled true when the whole height is filled, or everything is shown
 * @param sidebar the unread counts by the names of the rooms; 0 is not shown
 * @param here the rooms that are marked as the current one
 * @param draft the text in the composer; null when there is no composer
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
                const pills = (node) => {
                    const all = [...node.querySelectorAll(':scope > .reactions > [data-emoji]')].map(
                        (pill) => [pill.dataset.emoji, pill.querySelector('b').textContent, pill.ariaPressed === 'true' ? '*' : ''],
                    );
                    return all.sort(([a], [b]) => (a < b ? -1 : 1)).map((pill) => ` ${pill.join('')}`).join('');
                };
                const text = (node) => {
                    const copy = node.querySelector('.text').cloneNode(true);
                    const edited = copy.querySelector('.edited');
                    edited?.remove();
                    return copy.textContent.trim() + (edited ? ' (edited)' : '') + pills(node);
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

    /** The screen after three animation frames: what is visible has been read by then. Null while the page is still loading. */
    static Screen of(Page page) {
        page.bringToFront(); // pages in the background are drawn once a second only
        return new Gson().fromJson((String) page.evaluate(READ), Screen.class);
    }

    /** The messages, without the rows between them. */
    List<String> messages() {
        return rows.stream().filter(row -> !row.startsWith("-- ")).toList();
    }

    List<String> waiting() {
        return rows.stream()
                .filter(row -> row.startsWith(WAITING))
                .map(row -> row.substring(WAITING.length()))
                .toList();
    }

    /** True when this row is visible without scrolling. */
    boolean isSighted(int row) {
        return sighted.contains(row);
    }
}
