package dev.rondo.jobs;

/**
 * The end of what a job has outside this process: done once, on a thread of its own, because what
 * was made has to go even when the job's thread is interrupted. Whoever asks waits for it.
 */
public final class Ending {
    private final String name;
    private final Runnable work;
    private boolean begun;

    /**
     * @param name of the thread
     */
    public Ending(String name, Runnable work) {
        this.name = name;
        this.work = work;
    }

    /** The thread that asks stays interrupted where it was. */
    public synchronized void run() {
        if (begun) {
            return;
        }
        begun = true;
        Thread ending = Thread.ofVirtual().name(name).start(work);
        boolean interrupted = false;
        while (ending.isAlive()) {
            try {
                ending.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
