package bolide.app.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/// What Bolide logs as errors: its own bugs. No input from outside may bring any about.
final class ErrorLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger logger = (Logger) LoggerFactory.getLogger("bolide");
    private final Level before = logger.getLevel();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    ErrorLog() {
        setContext(logger.getLoggerContext());
        start();
        logger.setLevel(Level.ERROR);
        logger.addAppender(this);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        IThrowableProxy failure = event.getThrowableProxy();
        lines.add(
                failure == null
                        ? event.getFormattedMessage()
                        : event.getFormattedMessage()
                                + ": "
                                + failure.getClassName()
                                + ": "
                                + failure.getMessage()
                                + " at "
                                + failure.getStackTraceElementProxyArray()[0]);
    }

    @Override
    public void close() {
        logger.detachAppender(this);
        logger.setLevel(before);
    }
}
