package dev.rondo.building.view;

/** An artifact to download. */
public record ArtifactView(String name, long size, int files, String digest, String href) {

    /** With a unit that people read. */
    public String sizeText() {
        if (size < 1024) {
            return size + " B";
        }
        return size < 1024 * 1024
                ? "%.1f KiB".formatted(size / 1024.0)
                : "%.1f MiB".formatted(size / 1024.0 / 1024.0);
    }
}
