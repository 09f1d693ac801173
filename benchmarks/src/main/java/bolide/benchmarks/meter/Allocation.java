package bolide.benchmarks.meter;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/// How many bytes the threads of other JVMs have allocated. Asking costs those JVMs some
/// milliseconds, so it is done before and after a stretch that counts.
public final class Allocation {
    private static final String AGENT = AllocationAgent.class.getName();

    private final List<VirtualMachine> machines = new ArrayList<>();
    private final Path agent;
    private final Path answer;

    /// @param scratch an existing folder
    public Allocation(List<Long> pids, Path scratch) throws IOException {
        this.agent = scratch.resolve("allocation.jar");
        this.answer = scratch.resolve("allocated");
        writeAgent();
        for (long pid : pids) {
            try {
                machines.add(VirtualMachine.attach(Long.toString(pid)));
            } catch (AttachNotSupportedException e) {
                throw new IOException(e);
            }
        }
    }

    /// @return bytes since those JVMs began, ended threads included
    public long bytes() throws IOException {
        long sum = 0;
        for (VirtualMachine machine : machines) {
            try {
                machine.loadAgent(agent.toString(), answer.toString());
            } catch (AgentLoadException | AgentInitializationException e) {
                throw new IOException(e);
            }
            sum += Long.parseLong(Files.readString(answer));
        }
        return sum;
    }

    private void writeAgent() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Agent-Class", AGENT);
        String entry = AGENT.replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(agent);
                JarOutputStream jar = new JarOutputStream(file, manifest);
                InputStream code = AllocationAgent.class.getResourceAsStream("/" + entry)) {
            jar.putNextEntry(new JarEntry(entry));
            code.transferTo(jar);
            jar.closeEntry();
        }
    }
}
