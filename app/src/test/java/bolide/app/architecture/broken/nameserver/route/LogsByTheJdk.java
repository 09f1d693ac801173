package bolide.app.architecture.broken.nameserver.route;

import java.util.logging.Logger;

/// Breaks: nobody would see these lines beside the others.
record LogsByTheJdk(Logger log) {}
