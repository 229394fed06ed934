package dev.rondo.kubernetes;

import dev.rondo.jobs.InsideNames;
import dev.rondo.jobs.JobFolders;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The folders of a job as volumes of its pod, each empty at first. They are mounted under GitHub's
 * names and under the server's, so that {@code ${{ github.workspace }}} leads to the same place.
 */
final class PodVolumes {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
    private static final String WORK = "work";

    private final JobFolders folders;
    private final InsideNames names;
    private final Map<String, Path> own = new LinkedHashMap<>();
    private final Map<String, Volume> volumes = new LinkedHashMap<>();

    PodVolumes(JobFolders folders, InsideNames names) {
        this.folders = folders;
        this.names = names;
        own.put(WORK, folders.work());
        own.put("temp", folders.temp());
        own.put("home", folders.home());
        own.put("files", folders.files());
        own.put("actions", folders.actions());
        own.put("tools", folders.tools());
        own.put("control", folders.control());
        own.put("steps", folders.steps());
        own.keySet().forEach(this::volume);
    }

    private String volume(String name) {
        volumes.computeIfAbsent(
                name,
                key -> new VolumeBuilder().withName(key).withNewEmptyDir().endEmptyDir().build());
        return name;
    }

    /** All that the pod has to have. */
    List<Volume> all() {
        return List.copyOf(volumes.values());
    }

    /** Where the job's own container sees its folders. */
    List<VolumeMount> ofJob() {
        var mounts = new ArrayList<VolumeMount>();
        own.forEach((name, folder) -> {
            String inside = names.inside(folder.toString());
            mounts.add(mount(name, folder.toString()));
            if (!inside.equals(folder.toString())) {
                mounts.add(mount(name, inside));
            }
        });
        mounts.add(mount("files", "/github/workflow"));
        return mounts;
    }

    private static VolumeMount mount(String volume, String path) {
        return new VolumeMountBuilder().withName(volume).withMountPath(path).build();
    }

    /**
     * One of {@code volumes}: one with a name, which all containers of the job share, an anonymous
     * one, or a folder of the workspace.
     */
    VolumeMount of(String written) {
        List<String> parts = List.of(written.split(":", -1));
        boolean readOnly = parts.getLast().equals("ro");
        int count = parts.size() - (parts.getLast().matches("ro|rw|z|Z") ? 1 : 0);
        String target = count < 1 ? "" : parts.get(count - 1);
        if (count < 1 || count > 2 || !target.startsWith("/")) {
            throw new IllegalStateException(
                    "'%s' is no volume: write source:destination, with :ro where it is only read"
                            .formatted(written));
        }
        var mount = new VolumeMountBuilder().withMountPath(target).withReadOnly(readOnly);
        if (count == 1) {
            return mount.withName(volume("volume-" + volumes.size())).build();
        }
        String source = parts.getFirst();
        if (!source.startsWith("/")) {
            if (!NAME.matcher(source).matches()) {
                throw new IllegalStateException(
                        "'%s' is no name of a volume in '%s'".formatted(source, written));
            }
            return mount.withName(volume("named-" + PodPlan.label(source))).build();
        }
        Path folder = Path.of(names.outside(source)).normalize();
        if (!folder.startsWith(folders.work())) {
            throw new IllegalStateException(
                    ("The volume '%s' mounts a folder of the node. Jobs may mount what lies in their"
                                    + " own workspace, and volumes by name")
                            .formatted(written));
        }
        String below = folders.work().relativize(folder).toString();
        return (below.isEmpty() ? mount : mount.withSubPath(below)).withName(WORK).build();
    }
}
