package dev.rondo.git;

import java.io.File;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from reading the machine's and the user's git configuration, as {@link NativeGit} does
 * for git, and from writing a configuration of its own into the user's home.
 */
final class JGitSystem extends SystemReader.Delegate {

    private JGitSystem(SystemReader machine) {
        super(machine);
    }

    /** JGit knows this setting for the whole process only. */
    static synchronized void install() {
        if (!(SystemReader.getInstance() instanceof JGitSystem)) {
            SystemReader.setInstance(new JGitSystem(SystemReader.getInstance()));
        }
    }

    @Override
    public FileBasedConfig openUserConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openSystemConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    @Override
    public FileBasedConfig openJGitConfig(Config parent, FS fs) {
        return new Nothing(parent, fs);
    }

    /** A configuration that is empty and stays so. */
    private static final class Nothing extends FileBasedConfig {

        Nothing(Config parent, FS fs) {
            super(parent, new File("/dev/null"), fs);
        }

        @Override
        public void load() {}

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public void save() {}
    }
}
