package lanewise.run;

import java.io.IOException;

/** Lets another thread end a run early. One object serves one run. */
public final class Cancellation {
  private volatile boolean requested;

  /** No record of the run changes any more. Guarded by this. */
  private boolean sealed;

  /** Writes records of a run. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  /** Asks the run to end after the current step; returns at once. */
  public void request() {
    requested = true;
  }

  /** Whether the run was asked to end. */
  boolean isRequested() {
    return requested;
  }

  /**
   * Requests the end of the run, and ends its records: once this returns, no epoch is added to the
   * history, and a run that is not complete will not become so. Waits for a change in progress.
   *
   * @return false if they had ended before, as the run was complete
   */
  public synchronized boolean seal() {
    requested = true;
    boolean first = !sealed;
    sealed = true;
    return first;
  }

  /** Makes a change unless the records have ended. */
  synchronized void change(Change change) throws IOException {
    if (!sealed) {
      change.make();
    }
  }

  /** Makes the last change, unless the records have ended. */
  synchronized void complete(Change change) throws IOException {
    change(change);
    sealed = true;
  }
}
