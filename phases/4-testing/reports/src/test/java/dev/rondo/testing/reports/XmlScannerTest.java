package dev.rondo.testing.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlScannerTest {

    @Test
    void readsWhatTheReaderOfTheJdkReads() throws XMLStreamException {
        var random = new Random(20261122);
        for (int i = 0; i < 500; i++) {
            var document = "<?xml version=\"1.0\"?>\n" + element(random, 0);
            assertThat(mine(document)).as(document).isEqualTo(theirs(document));
        }
    }

    /** Elements with attributes, text, comments, CDATA and processing instructions, at random. */
    private static String element(Random random, int depth) {
        var name = List.of("a", "b-c", "x:d", "_e.1").get(random.nextInt(4)).replace("x:", "");
        var text = new StringBuilder("<").append(name);
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(random.nextBoolean() ? " " : "\n\t")
                    .append("k")
                    .append(i)
                    .append(random.nextBoolean() ? "=" : " = ")
                    .append("'v &lt;&#65;&#x1F600;\"\n" + i + "'");
        }
        if (random.nextInt(4) == 0) {
            return text.append("/>").toString();
        }
        text.append(" >");
        for (int i = random.nextInt(depth > 4 ? 1 : 5); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> text.append("text &amp; &gt; ]] more\r\nline");
                case 1 -> text.append("<!-- <no> -- tag -->".replace(" -- ", " - "));
                case 2 -> text.append("<![CDATA[<raw> ]] ]]]>");
                case 3 -> text.append("<?target <data> ??>");
                default -> text.append(element(random, depth + 1));
            }
        }
        return text.append("</").append(name).append("\n>").toString();
    }

    private static List<String> mine(String document) {
        var events = new ArrayList<String>();
        var xml =
                new XmlScanner(
                        CharSource.of(
                                new ByteArrayInputStream(
                                        document.getBytes(StandardCharsets.UTF_8))),
                        Limits.STANDARD);
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.START) {
                events.add("<" + xml.name());
                for (int i = 0; i < 4; i++) {
                    var key = "k" + i;
                    xml.attribute(key).ifPresent(value -> events.add(key + "=" + value));
                }
            } else {
                events.add(">" + xml.name());
            }
        }
        return events;
    }

    private static List<String> theirs(String document) throws XMLStreamException {
        var events = new ArrayList<String>();
        var xml =
                XMLInputFactory.newDefaultFactory()
                        .createXMLStreamReader(new StringReader(document));
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                events.add("<" + xml.getLocalName());
                for (int i = 0; i < 4; i++) {
                    var value = xml.getAttributeValue(null, "k" + i);
                    if (value != null) {
                        events.add("k" + i + "=" + value);
                    }
                }
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                events.add(">" + xml.getLocalName());
            }
        }
        return events;
    }

    @Test
    void contentJoinsTextCdataAndElementsWithin() {
        var xml = scanner("<a>one &amp; <![CDATA[<two>]]]]><b>three</b></a>");
        xml.next();
        assertThat(xml.content()).isEqualTo("one & <two>]]three");
        assertThat(xml.next()).isEqualTo(XmlScanner.Token.DONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "ISO-8859-1"})
    void encodingsAreFoundByMarkOrDeclaration(String encoding) {
        var declared = encoding.startsWith("UTF-16") ? "UTF-16" : encoding;
        var text = "<?xml version='1.0' encoding='" + declared + "'?><a name='Grüße'/>";
        var bytes = text.getBytes(Charset.forName(encoding));
        var xml = new XmlScanner(CharSource.of(new ByteArrayInputStream(bytes)), Limits.STANDARD);
        xml.next();
        assertThat(xml.attribute("name")).hasValue("Grüße");
    }

    @Test
    void placesCountLinesOfEverySystem() {
        var xml = scanner("<a>\r\n<b/>\r<c/>\n  <d/></a>");
        var places = new ArrayList<String>();
        for (var token = xml.next(); token != XmlScanner.Token.DONE; token = xml.next()) {
            if (token == XmlScanner.Token.START) {
                var problem = xml.fault("x").problem();
                places.add(xml.name() + problem.line() + ":" + problem.column());
            }
        }
        assertThat(places).containsExactly("a1:1", "b2:1", "c3:1", "d4:3");
    }

    private static XmlScanner scanner(String text) {
        return new XmlScanner(
                CharSource.of(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))),
                Limits.STANDARD);
    }
}
