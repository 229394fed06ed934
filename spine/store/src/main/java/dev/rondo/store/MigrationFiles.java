package dev.rondo.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/** The migrations that this program brings, as one digest of their names and contents. */
final class MigrationFiles {

    private MigrationFiles() {}

    /**
     * @param folders class path folders, such as {@code dev/rondo/journal/db}
     */
    static String digest(List<String> folders) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            for (var folder : folders) {
                for (var file : files(folder).entrySet()) {
                    sha.update((file.getKey() + '\n').getBytes(StandardCharsets.UTF_8));
                    sha.update(MessageDigest.getInstance("SHA-256").digest(file.getValue()));
                }
            }
            return HexFormat.of().formatHex(sha.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static TreeMap<String, byte[]> files(String folder) throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (var url : urls(folder)) {
            if (url.openConnection() instanceof JarURLConnection jar) {
                addFromJar(jar, folder, files);
            } else {
                addFromFolder(Path.of(URI.create(url.toString())), files);
            }
        }
        return files;
    }

    private static List<URL> urls(String folder) throws IOException {
        var urls = new ArrayList<URL>();
        var found = MigrationFiles.class.getClassLoader().getResources(folder);
        while (found.hasMoreElements()) {
            urls.add(found.nextElement());
        }
        return urls;
    }

    private static void addFromJar(
            JarURLConnection connection, String folder, TreeMap<String, byte[]> files)
            throws IOException {
        // Shared with the class loader: it must not be closed here.
        var jar = connection.getJarFile();
        for (var entries = jar.entries(); entries.hasMoreElements(); ) {
            var entry = entries.nextElement();
            if (entry.getName().startsWith(folder + "/") && !entry.isDirectory()) {
                try (InputStream content = jar.getInputStream(entry)) {
                    files.put(
                            entry.getName().substring(folder.length() + 1), content.readAllBytes());
                }
            }
        }
    }

    private static void addFromFolder(Path folder, TreeMap<String, byte[]> files)
            throws IOException {
        try (var listed = Files.list(folder)) {
            for (var file : listed.toList()) {
                files.put(String.valueOf(file.getFileName()), Files.readAllBytes(file));
            }
        }
    }
}
