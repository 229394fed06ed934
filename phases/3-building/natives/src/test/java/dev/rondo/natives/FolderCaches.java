package dev.rondo.natives;

import dev.rondo.jobs.JobCaches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Caches of one branch, newest first, in a folder. */
final class FolderCaches implements JobCaches {
    private final Path folder;
    private final Map<String, Found> kept = new LinkedHashMap<>();

    FolderCaches(Path folder) {
        this.folder = folder;
    }

    List<String> keys() {
        return kept.values().stream().map(Found::key).toList();
    }

    @Override
    public Optional<String> refusal(List<String> keys) {
        return Optional.empty();
    }

    @Override
    public Optional<Found> find(List<String> keys, String version) {
        for (String key : keys) {
            Optional<Found> found =
                    Optional.ofNullable(kept.get(key + "\n" + version))
                            .or(() ->
                                    kept.entrySet().stream()
                                            .filter(one -> one.getKey().endsWith("\n" + version))
                                            .map(Map.Entry::getValue)
                                            .filter(one -> one.key().startsWith(key))
                                            .reduce((one, later) -> later));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    @Override
    public boolean taken(String key, String version) {
        return kept.containsKey(key + "\n" + version);
    }

    @Override
    public boolean keep(String key, String version, Path file) throws IOException {
        Path copy = Files.createDirectories(folder).resolve(String.valueOf(kept.size()));
        Files.copy(file, copy);
        kept.put(key + "\n" + version, new Found(key, Files.size(copy), copy));
        return true;
    }
}
