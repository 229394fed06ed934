package dev.rondo.building.view;

/** An artifact to download. */
public record ArtifactView(
        String name, long size, int files, String digest, String mime, String href) {

    /** What a browser calls the file; runs of former versions packed gzipped tars. */
    public String fileName() {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return switch (mime) {
            case "application/gzip" -> plain + ".tar.gz";
            case "application/zip" -> plain + ".zip";
            default -> plain;
        };
    }

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
