import Glibc
import Subprocess
import SystemPackage

extension LocalCluster {
    /// Starts the small shell that stops the server when this process is gone.
    ///
    /// It holds one end of a socket pair whose other end is ours alone, close-on-exec from birth and never closed: the
    /// kernel closes it when we end, however we end. A session of its own keeps a terminal's Ctrl-C from the shell.
    func startGuard(home: ClusterHome, socketDirectory: String) async throws {
        guard case .tied(let removingFiles) = configuration.lifetime else {
            return
        }
        var ends: [CInt] = [-1, -1]
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else {
            throw Files.unusable("socketpair")
        }
        var options = PlatformOptions()
        options.createSession = true
        let removed =
            removingFiles
            ? [home.path, socketDirectory, configuration.directory, configuration.directory + ".lock"] : []
        let result = try await Subprocess.run(
            .path("/bin/sh"),
            arguments: Arguments(
                ["-c", Self.guardScript, "sh", home.data, configuration.durable ? "INT" : "QUIT"] + removed
            ),
            environment: PostgresBinaries.environment,
            workingDirectory: "/",
            platformOptions: options,
            input: .fileDescriptor(FileDescriptor(rawValue: ends[0]), closeAfterSpawningProcess: true),
            output: .discarded,
            error: .discarded
        )
        guard result.terminationStatus.isSuccess else {
            close(ends[1])
            throw LocalPostgresError(
                .startFailed,
                "The shell that ties the server to this process did not start (\(result.terminationStatus)).",
                zh: "未能启动将服务器与本进程绑定的守护脚本（\(result.terminationStatus)）。"
            )
        }
    }

    /// `$1` data, `$2` the signal that shuts the server down (INT fast, QUIT immediate), the rest: paths to remove.
    ///
    /// The server is told from a stranger with the same number by its working directory. The second look is for a
    /// server that was just being started when we went; the KILL for one that does not go within 30 s.
    private static let guardScript = """
        trap '' HUP INT TERM
        exec 3<&0
        (
            cat <&3
            exec 3<&-
            data=$1
            signal=$2
            shift 2
            server() {
                pid=$(head -n 1 "$data/postmaster.pid") && [ "$(readlink "/proc/$pid/cwd")" = "$data" ]
            }
            for look in 1 2; do
                if server; then
                    kill -s "$signal" "$pid"
                    waited=0
                    while [ $waited -lt 300 ] && server; do
                        sleep 0.1
                        waited=$((waited + 1))
                    done
                    server && kill -s KILL "$pid"
                fi
                [ $look = 1 ] && sleep 1
            done
            [ $# -gt 0 ] && rm -rf -- "$@"
        ) >/dev/null 2>&1 &
        """
}
