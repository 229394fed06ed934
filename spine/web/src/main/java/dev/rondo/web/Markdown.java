package dev.rondo.web;

import gg.jte.Content;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.commonmark.Extension;
import org.commonmark.ext.autolink.AutolinkExtension;
import org.commonmark.ext.gfm.strikethrough.StrikethroughExtension;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.ext.task.list.items.TaskListItemsExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Link;
import org.commonmark.node.Text;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * Markdown (CommonMark with GitHub's tables, task lists, strikethrough and bare links) to HTML that
 * is safe to show, whoever wrote it. {@code #12} and commit ids become links.
 */
public final class Markdown {

    /** Longer texts are cut, with a notice: a page must stay a page. */
    public static final int MOST_CHARACTERS = 512 * 1024;

    private static final List<Extension> EXTENSIONS =
            List.of(
                    TablesExtension.create(),
                    StrikethroughExtension.create(),
                    TaskListItemsExtension.create(),
                    AutolinkExtension.create());
    private static final Parser PARSER =
            Parser.builder()
                    .extensions(EXTENSIONS)
                    .includeSourceSpans(IncludeSourceSpans.NONE)
                    .maxOpenBlockParsers(100)
                    .build();
    private static final HtmlRenderer RENDERER =
            HtmlRenderer.builder().extensions(EXTENSIONS).percentEncodeUrls(true).build();
    private static final Pattern MENTION =
            Pattern.compile(
                    "(?<![\\w/#&])#(\\d{1,9})\\b|(?<![\\w/#.-])([0-9a-f]{7,40})\\b(?![-/]|\\.\\w)");
    private static final PolicyFactory POLICY =
            new HtmlPolicyBuilder()
                    .allowElements(
                            "p",
                            "br",
                            "hr",
                            "h1",
                            "h2",
                            "h3",
                            "h4",
                            "h5",
                            "h6",
                            "ul",
                            "ol",
                            "li",
                            "blockquote",
                            "pre",
                            "code",
                            "em",
                            "strong",
                            "del",
                            "sub",
                            "sup",
                            "kbd",
                            "table",
                            "thead",
                            "tbody",
                            "tr",
                            "th",
                            "td",
                            "a",
                            "img",
                            "input",
                            "details",
                            "summary",
                            "dl",
                            "dt",
                            "dd",
                            "span",
                            "div")
                    .allowAttributes("class")
                    .matching(Pattern.compile("language-[\\w+#.-]{1,40}"))
                    .onElements("code")
                    .allowAttributes("align")
                    .matching(true, "left", "right", "center")
                    .onElements("th", "td")
                    .allowAttributes("start")
                    .matching(Pattern.compile("\\d{1,9}"))
                    .onElements("ol")
                    .allowAttributes("type")
                    .matching(true, "checkbox")
                    .onElements("input")
                    .allowAttributes("checked", "disabled")
                    .onElements("input")
                    .allowAttributes("href", "title")
                    .onElements("a")
                    .allowAttributes("src", "alt", "title", "width", "height")
                    .onElements("img")
                    .allowUrlProtocols("http", "https", "mailto")
                    .requireRelNofollowOnLinks()
                    .toFactory();

    private Markdown() {}

    /** Where a number or a commit id leads, if anywhere. */
    public interface Mentions {
        Optional<String> ticket(long number);

        Optional<String> commit(String id);

        Mentions NONE =
                new Mentions() {
                    @Override
                    public Optional<String> ticket(long number) {
                        return Optional.empty();
                    }

                    @Override
                    public Optional<String> commit(String id) {
                        return Optional.empty();
                    }
                };
    }

    public static Content content(String markdown, Mentions mentions) {
        var html = html(markdown, mentions);
        return out -> {
            out.writeContent("<div class=\"prose\">");
            out.writeContent(html);
            out.writeContent("</div>");
        };
    }

    public static String html(String markdown, Mentions mentions) {
        var text =
                markdown.length() > MOST_CHARACTERS
                        ? markdown.substring(0, MOST_CHARACTERS) + "\n\n…"
                        : markdown;
        var document = PARSER.parse(text);
        document.accept(new Linker(mentions));
        return POLICY.sanitize(RENDERER.render(document));
    }

    /** Plain text with its mentions as links, such as a commit's subject. */
    public static Content line(String text, Mentions mentions) {
        var html = new StringBuilder();
        var matcher = MENTION.matcher(text);
        int end = 0;
        while (matcher.find()) {
            html.append(Html.escape(text.substring(end, matcher.start())));
            var shown = Html.escape(matcher.group());
            html.append(
                    target(matcher.group(1), matcher.group(2), mentions)
                            .map(url -> "<a href=\"" + Html.escape(url) + "\">" + shown + "</a>")
                            .orElse(shown));
            end = matcher.end();
        }
        html.append(Html.escape(text.substring(end)));
        return out -> out.writeContent(html.toString());
    }

    private static Optional<String> target(
            @org.jspecify.annotations.Nullable String number,
            @org.jspecify.annotations.Nullable String commit,
            Mentions mentions) {
        if (number != null) {
            return mentions.ticket(Long.parseLong(number));
        }
        return commit == null ? Optional.empty() : mentions.commit(commit);
    }

    /** Splits texts outside of links and code at what is mentioned. */
    private static final class Linker extends AbstractVisitor {

        private final Mentions mentions;

        Linker(Mentions mentions) {
            this.mentions = mentions;
        }

        @Override
        public void visit(Link link) {
            // A link within a link is none.
        }

        @Override
        public void visit(Text text) {
            var literal = text.getLiteral();
            var matcher = MENTION.matcher(literal);
            int end = 0;
            boolean split = false;
            while (matcher.find()) {
                var url = target(matcher.group(1), matcher.group(2), mentions);
                if (url.isPresent()) {
                    split = true;
                    if (matcher.start() > end) {
                        text.insertBefore(new Text(literal.substring(end, matcher.start())));
                    }
                    var link = new Link(url.get(), "");
                    link.appendChild(new Text(matcher.group()));
                    text.insertBefore(link);
                    end = matcher.end();
                }
            }
            if (split) {
                text.setLiteral(literal.substring(end));
            }
        }
    }
}
