import DomainModel
import LocalPostgres

/// The state of the private cluster as it is printed.
struct ClusterReport: Listed {
    let state: String
    let home: String?
    let processIdentifier: Int32?
    let connectionString: String?
    let tcpConnectionString: String?

    init(_ status: LocalCluster.Status) {
        state = status.state.rawValue
        home = status.home
        processIdentifier = status.processIdentifier
        connectionString = status.endpoint?.connectionString
        tcpConnectionString = status.endpoint?.tcpConnectionString
    }

    static var listing: [Column<ClusterReport>] {
        [
            .code("state", "状态", "state", style: { $0.state == "running" ? .green : .yellow }, \.state),
            .text("home", "目录", "directory") { $0.home },
            .number("process_identifier", "进程", "process") { $0.processIdentifier },
            .text("connection_string", "套接字", "socket") { $0.connectionString },
            .text("tcp_connection_string", "TCP", "TCP") { $0.tcpConnectionString },
        ]
    }
}
