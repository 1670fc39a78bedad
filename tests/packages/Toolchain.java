import com.android.tools.r8.CompilationMode;
import com.android.tools.r8.D8;
import com.android.tools.r8.D8Command;
import com.android.tools.r8.Diagnostic;
import com.android.tools.r8.DiagnosticsHandler;
import com.android.tools.r8.OutputMode;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Compiles Java sources and turns their classes into DEX, many groups in one start of the machine.
 *
 * <p>Standard input has one group a line, its parts between tabs: folder for the classes, folder for
 * the DEX, lowest API level, `desugar` or `keep`, class path, then the source files. The only
 * argument is the class path of the framework.
 */
public final class Toolchain {
    private static final DiagnosticsHandler ONLY_ERRORS = new DiagnosticsHandler() {
        @Override
        public void warning(Diagnostic warning) { }

        @Override
        public void info(Diagnostic info) { }
    };

    private Toolchain() { }

    public static void main(String[] arguments) throws Exception {
        String framework = arguments[0];
        List<String> lines = new String(System.in.readAllBytes(), "UTF-8").lines().toList();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        List<Future<Boolean>> all = new ArrayList<>();
        for (String line : lines) {
            all.add(pool.submit((Callable<Boolean>) () -> built(framework, line.split("\t"))));
        }
        pool.shutdown();
        boolean good = true;
        for (Future<Boolean> one : all) {
            good &= one.get();
        }
        System.exit(good ? 0 : 1);
    }

    private static boolean built(String framework, String[] parts) throws Exception {
        Path classes = Path.of(parts[0]);
        Path dex = Path.of(parts[1]);
        String classPath = parts[4].isEmpty() ? framework : parts[4] + ":" + framework;
        List<String> command = List.of(
            "-proc:none", "-g:none", "-nowarn", "-Xlint:none", "-encoding", "UTF-8",
            "-source", "8", "-target", "8", "-d", classes.toString(), "-cp", classPath);
        List<String> sources = Arrays.asList(parts).subList(5, parts.length);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        PrintWriter out = new PrintWriter(System.err, true);
        JavaCompiler.CompilationTask task = compiler.getTask(
            out, null, null, command, null,
            compiler.getStandardFileManager(null, null, null)
                .getJavaFileObjects(sources.toArray(new String[0])));
        if (!task.call()) {
            return false;
        }
        List<Path> files;
        try (Stream<Path> found = Files.walk(classes)) {
            files = found.filter(path -> path.toString().endsWith(".class"))
                .sorted().collect(Collectors.toList());
        }
        List<Path> framed = Arrays.stream(framework.split(":")).map(Path::of).toList();
        D8Command.Builder builder = D8Command.builder(ONLY_ERRORS)
            .addProgramFiles(files)
            .setMinApiLevel(Integer.parseInt(parts[2]))
            .setMode(CompilationMode.RELEASE)
            .setDisableDesugaring(parts[3].equals("keep"))
            .setOutput(dex, OutputMode.DexIndexed);
        for (Path path : framed) {
            if (!Files.isDirectory(path)) {
                builder.addLibraryFiles(path);
            }
        }
        D8.run(builder.build());
        return true;
    }
}
