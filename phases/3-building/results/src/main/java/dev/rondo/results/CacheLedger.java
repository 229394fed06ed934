package dev.rondo.results;

import dev.rondo.store.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The rows of caches in a file, for a process whose database goes with it. */
final class CacheLedger {

    private final Store store;

    CacheLedger(Store store) {
        this.store = store;
    }

    /** What cannot be read stands for nothing: a cache can be made again. */
    void read(Path file) throws IOException {
        List<CacheEntry> entries;
        try {
            entries =
                    JsonMapper.shared().readValue(Files.readString(file), new TypeReference<>() {});
        } catch (NoSuchFileException | JacksonException e) {
            return;
        }
        store.update(tx -> entries.forEach(entry -> CacheStore.restore(tx, entry)));
    }

    void write(Path file) throws IOException {
        List<CacheEntry> entries = store.read(CacheStore::all);
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, JsonMapper.shared().writeValueAsString(entries));
        Files.move(
                fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
