package dev.rondo.deploying;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/** Asks all the time, and remembers what was answered. */
final class Users implements AutoCloseable {

    private final Harbour harbour;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopped;

    Users(Harbour harbour, int count) {
        this.harbour = harbour;
        threads = Stream.generate(() -> Thread.ofVirtual().start(this::ask)).limit(count).toList();
    }

    private void ask() {
        while (!stopped) {
            try {
                var answer = harbour.visit("/");
                if (answer.statusCode() == 200) {
                    answers.add(answer.body());
                } else {
                    failed.add(answer.statusCode() + answer.body());
                }
            } catch (Exception broken) {
                failed.add(broken.toString());
            }
        }
    }

    /** How often which version answers in the next so many. */
    HashMap<String, Integer> count(int many) throws InterruptedException {
        answers.clear();
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i < many; i++) {
            counts.merge(answers.take(), 1, Integer::sum);
        }
        return counts;
    }

    Collection<String> failed() {
        return failed;
    }

    @Override
    public void close() {
        stopped = true;
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
