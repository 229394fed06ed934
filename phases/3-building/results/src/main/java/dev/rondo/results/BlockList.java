package dev.rondo.results;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;

/** The body of Put Block List: which blocks, in which order. */
final class BlockList {

    private BlockList() {}

    static List<String> read(InputStream in) throws Upload.Bad, IOException {
        var bytes = in.readNBytes(Limits.BLOCK_LIST_BYTES + 1);
        if (bytes.length > Limits.BLOCK_LIST_BYTES) {
            throw new Upload.Bad(
                    413,
                    "RequestBodyTooLarge",
                    "a block list has at most " + Limits.BLOCK_LIST_BYTES + " bytes");
        }
        var factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        var blocks = new ArrayList<String>();
        try {
            var reader = factory.createXMLStreamReader(new java.io.ByteArrayInputStream(bytes));
            while (reader.hasNext()) {
                if (reader.next() != XMLStreamConstants.START_ELEMENT) {
                    continue;
                }
                switch (reader.getLocalName()) {
                    case "BlockList" -> {}
                    case "Latest", "Committed", "Uncommitted" ->
                            add(blocks, reader.getElementText().strip());
                    default -> throw invalid("it has an element " + reader.getLocalName());
                }
            }
        } catch (XMLStreamException e) {
            throw invalid("it is no XML");
        }
        return blocks;
    }

    private static void add(List<String> blocks, String block) throws Upload.Bad {
        if (blocks.size() >= Limits.BLOCKS) {
            throw new Upload.Bad(
                    400,
                    "BlockListTooLong",
                    "a block list names at most " + Limits.BLOCKS + " blocks");
        }
        blocks.add(block);
    }

    private static Upload.Bad invalid(String why) {
        return new Upload.Bad(400, "InvalidXmlDocument", "the block list cannot be read: " + why);
    }
}
