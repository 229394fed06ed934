package dev.rondo.releasing.view;

import dev.rondo.web.Field;
import gg.jte.Content;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The page of one release; texts are in the reader's language already. */
public record ReleaseView(
        String version,
        String state,
        String base,
        String why,
        String ending,
        Content notes,
        Facts facts,
        List<EnvironmentView> environments,
        Plan plan,
        Publication publication) {

    /**
     * What it is made of and what became of it.
     *
     * @param published empty until it is
     */
    public record Facts(
            Content commit,
            Content run,
            List<Content> tickets,
            List<ArtifactLine> artifacts,
            List<PlaceLine> places,
            Instant drafted,
            Optional<Instant> published,
            String publishedBy,
            String overrideReason) {}

    public record ArtifactLine(String name, String digest, long bytes) {}

    public record PlaceLine(Content place, Instant since) {}

    /**
     * The way back.
     *
     * @param steps as text
     * @param choices versions to go back to
     */
    public record Plan(
            String to, String toPath, String steps, boolean editable, List<Field.Choice> choices) {}

    /**
     * Whether it can be published now.
     *
     * @param obstacle why not; empty when it can
     * @param overridable whether the reader may go over a freeze
     */
    public record Publication(
            boolean offered, String obstacle, boolean overridable, boolean recallable) {}
}
