package id.warung.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Hostile messages are text. Each test of this package asserts that no script ran, no dialog appeared and no policy was
 * breached.
 */
class SafetyIT extends Table {
    static final List<String> CORPUS = List.of(
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=alert(1)>",
            "<svg><script href=data:,alert(1) /></svg>",
            "\"><script>alert(1)</script>",
            "'-alert(1)-'",
            "</textarea><script>alert(1)</script>",
            "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
            "<a href=javascript:alert(1)>x</a>",
            "javascript:alert(1)",
            "[x](javascript:alert(1))",
            "`<img src=x onerror=alert(1)>`",
            "```\n<img src=x onerror=alert(1)>\n```",
            "> <img src=x onerror=alert(1)>",
            "- <img src=x onerror=alert(1)>",
            "**<img src=x onerror=alert(1)>**",
            "https://example.org/\"onmouseover=alert(1)//",
            "https://example.org/'onmouseover='alert(1)",
            "https://example.org/<img/src=x/onerror=alert(1)>",
            "http://javascript:alert(1)@example.org/",
            "https://example.org@evil.example/",
            "data:text/html,<script>alert(1)</script>",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "vbscript:msgbox(1)",
            "{{constructor.constructor('alert(1)')()}}",
            "${alert(1)}",
            "<math><mtext></mtext><mglyph><style><img src=x onerror=alert(1)></style></mglyph></math>",
            "<style>@import'//evil.example';*{display:none}</style>",
            "<base href=//evil.example/>",
            "<meta http-equiv=refresh content=0;url=javascript:alert(1)>",
            "<form action=javascript:alert(1)><input type=submit>",
            "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
            "__proto__",
            "constructor",
            "\u202egnp.exe\u202c",
            "\u0001\u0007\u001b[31mred",
            "a" + "\u0301".repeat(1_000),
            "\ufeff\u200b\u2060x",
            "\ufdfd".repeat(200),
            "x".repeat(3_000),
            "字".repeat(3_000));

    @Test
    void hostileTextsAreTexts() {
        Guest ana = guest("Ana");
        PlainClient mallory = new PlainClient(warung(), room);
        CORPUS.forEach(mallory::says);
        mallory.says("the end");
        ana.sees("the end");
        assertThat(ana.messages()).hasCount(CORPUS.size() + 1);
        assertThat(ana.page()
                        .locator(".text :is(script, img, svg, iframe, style, base, meta, form, input, math, object)"
                                + ":not(.ways *)")) // the pictures of our own buttons
                .hasCount(0);
        assertThat(ana.page()
                        .locator(".text a")
                        .evaluateAll("links => links.map((link) => new URL(link.href).protocol + link.hostname)"))
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.LIST)
                .isNotEmpty()
                .containsOnly("https:example.org");
        assertThat(ana.page().locator(".text").first()).hasText("<script>alert(1)</script>");
    }

    @Test
    void hostileNamesAndTextsOfMembersAreTexts() {
        Guest mallory = guest("<img src=x onerror=alert(1)>");
        Guest ana = guest("Ana");
        CORPUS.stream().limit(12).forEach(mallory::says);
        mallory.says("the end");
        ana.sees("the end");
        assertThat(ana.page().locator("li.message .name").first()).hasText("<img src=x onerror=alert(1)>");
        mallory.reloads();
        mallory.sees("the end");
        mallory.isCalled("<img src=x onerror=alert\\(1\\)>");
    }

    @Test
    void hostileAddressesLeadNowhereAndAreShownAsText() {
        Guest ana = guest("Ana");
        for (String hash :
                List.of("<img src=x onerror=alert(1)>", "javascript:alert(1)", "../../etc", "%00", "a".repeat(70))) {
            ana.page().evaluate("hash => location.hash = hash", hash);
            assertThat(ana.page()).hasURL(Pattern.compile("#" + room + "$"));
            assertThat(ana.page().locator("warung-room-header .place")).hasText("#" + room);
        }
        assertThat(ana.page().locator("warung-status .notice").last()).containsText("../../etc");
        assertThat(ana.page().locator("warung-status img")).hasCount(0);
    }

    @Test
    void nothingAMessageHoldsLeavesItsPlace() {
        Guest ana = guest("Ana");
        PlainClient mallory = new PlainClient(warung(), room);
        mallory.says("a" + "\u0301".repeat(1_000));
        mallory.says("\u202e" + "x".repeat(2_000));
        mallory.says("```\n" + "wide ".repeat(500) + "\n```");
        mallory.says("the end");
        ana.sees("the end");
        double column = ana.page().locator("warung-timeline .rows").boundingBox().width;
        for (Locator message : ana.messages().all()) {
            assertThat(message.boundingBox().width).isLessThanOrEqualTo(column);
        }
        assertThat((Boolean) ana.page().evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .isTrue();
        assertThat(ana.messages().first().boundingBox().height).isLessThan(200);
    }
}
