package dev.rondo.building.view;

/** A remark of a step about the code; file may be empty, line 0. */
public record RemarkView(
        String job, String level, String title, String message, String file, int line) {

    /** The file and, where it is known, the line. */
    public String place() {
        return line > 0 ? file + ":" + line : file;
    }
}
