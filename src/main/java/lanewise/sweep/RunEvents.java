package lanewise.sweep;

import lanewise.run.EpochResult;
import lanewise.run.RunListener;

/**
 * What happens in a run, for the listener of the sweep: while its data is read, everything that is
 * said; while it trains, warnings. What each of many runs would say is left out.
 *
 * @param run whose events they are
 * @param lock held while the listener is called
 * @param listener of the sweep
 */
public record RunEvents(PlannedRun run, Object lock, SweepListener listener)
    implements RunListener {
  @Override
  public void onDownload(String file, long bytes, long total) {
    synchronized (lock) {
      listener.onDownload(file, bytes, total);
    }
  }

  @Override
  public void onWarning(String sentence) {
    synchronized (lock) {
      listener.onWarning(sentence);
    }
  }

  @Override
  public void onNotice(String sentence) {
    synchronized (lock) {
      listener.onNotice(sentence);
    }
  }

  /** The listener of the run's training. */
  public RunListener ofRun() {
    return new RunListener() {
      @Override
      public void onWarning(String sentence) {
        RunEvents.this.onWarning("run %d: %s".formatted(run.point().number(), sentence));
      }

      @Override
      public void onBegin(Header header) {
        synchronized (lock) {
          listener.onBegin(run, header);
        }
      }

      @Override
      public void onEpoch(EpochResult result) {
        synchronized (lock) {
          listener.onEpoch(run, result);
        }
      }
    };
  }
}
