package dev.rondo.git;

import org.eclipse.jgit.lib.FileMode;

/**
 * One entry of a folder.
 *
 * @param path from the repository's root, with slashes
 * @param size in bytes; 0 for what is not a file
 * @param id object name
 */
public record TreeEntry(String name, String path, Kind kind, long size, String id) {

    /** What an entry is. */
    public enum Kind {
        FOLDER,
        FILE,
        EXECUTABLE,
        LINK,
        SUBMODULE;

        static Kind of(FileMode mode) {
            return switch (mode.getBits() & FileMode.TYPE_MASK) {
                case FileMode.TYPE_TREE -> FOLDER;
                case FileMode.TYPE_SYMLINK -> LINK;
                case FileMode.TYPE_GITLINK -> SUBMODULE;
                default -> mode.equals(FileMode.EXECUTABLE_FILE) ? EXECUTABLE : FILE;
            };
        }
    }
}
