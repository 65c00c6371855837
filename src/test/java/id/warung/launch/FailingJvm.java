package id.warung.launch;

/** A program whose threads end by an exception and by an error of the JVM, with the guard and the logging of the executable WAR. */
final class FailingJvm {
    private FailingJvm() {}

    public static void main(String[] arguments) throws InterruptedException {
        Logging logging = Logging.of(System.getProperties(), System.getenv());
        logging.install();
        FatalErrorGuard.install(logging);
        fail(() -> {
            throw new IllegalStateException("two\nlines");
        });
        fail(() -> {
            throw new OutOfMemoryError("scripted");
        });
    }

    private static void fail(Runnable task) throws InterruptedException {
        Thread thread = new Thread(task, "failing");
        thread.start();
        thread.join();
    }
}
