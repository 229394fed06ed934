package dev.rondo.jobs;

import dev.rondo.actions.ExpressionFault;
import dev.rondo.actions.PathGlobs;
import dev.rondo.actions.Value;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** {@code hashFiles}: SHA-256 over the SHA-256 of each file that the patterns name, in order. */
final class FileHash {
    private final JobFolders folders;

    FileHash(JobFolders folders) {
        this.folders = folders;
    }

    Value hash(List<Value> patterns) {
        String lines = String.join("\n", patterns.stream().map(Value::text).toList());
        PathGlobs globs = PathGlobs.inside(lines, folders.work().toString());
        var tree = folders.tree(folders.work());
        try {
            MessageDigest all = sha256();
            boolean any = false;
            for (SafeTree.Entry entry : tree.list().files()) {
                if (globs.matches(folders.work() + "/" + entry.path())) {
                    all.update(tree.read(entry.path(), FileHash::digest));
                    any = true;
                }
            }
            return Value.of(any ? HexFormat.of().formatHex(all.digest()) : "");
        } catch (IOException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private static byte[] digest(InputStream in) throws IOException {
        MessageDigest one = sha256();
        byte[] buffer = new byte[1 << 16];
        for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
            one.update(buffer, 0, read);
        }
        return one.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ExpressionFault fault(String why) {
        return ExpressionFault.failed("hashFiles failed. " + why);
    }
}
