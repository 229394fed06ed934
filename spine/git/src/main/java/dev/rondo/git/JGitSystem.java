package dev.rondo.git;

import java.io.File;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * Keeps JGit from reading the machine's and the user's git configuration, as {@link NativeGit} does
 * for git, and from writing a configuration of its own into the user's home.
 */
final class JGitSystem extends SystemReader.Delegate {

    private static final Duration TIMES_OF_FILES = Duration.ofSeconds(2);

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

        /**
         * How exact the times of files are: measuring it takes three seconds of the first read.
         * This is what JGit takes itself where it cannot measure; files that changed within that
         * time are read again.
         */
        @Override
        public long getTimeUnit(
                String section, String subsection, String name, long otherwise, TimeUnit unit) {
            return section.equals("filesystem")
                    ? unit.convert(TIMES_OF_FILES)
                    : super.getTimeUnit(section, subsection, name, otherwise, unit);
        }

        @Override
        public boolean isOutdated() {
            return false;
        }

        @Override
        public void save() {}
    }
}
