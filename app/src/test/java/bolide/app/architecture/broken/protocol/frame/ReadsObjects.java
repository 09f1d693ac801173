package bolide.app.architecture.broken.protocol.frame;

import java.io.ObjectInputStream;

/// Breaks: the bytes of a stranger would choose the classes.
record ReadsObjects(ObjectInputStream in) {}
