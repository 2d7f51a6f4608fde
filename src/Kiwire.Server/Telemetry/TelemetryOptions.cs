namespace Kiwire.Server.Telemetry;

/// <summary>Where measurements go, and who may read them. Section <c>Kiwire:Telemetry</c>.</summary>
internal sealed class TelemetryOptions
{
    public const string Section = "Kiwire:Telemetry";

    /// <summary>An OTLP receiver, such as <c>http://127.0.0.1:4317</c>; empty: none.</summary>
    public string OtlpEndpoint { get; set; } = "";

    /// <summary>Who may read <c>/metrics</c>, whose series name every tenant's NAS entries.</summary>
    public MetricsAccess MetricsAccess { get; set; } = MetricsAccess.Authenticated;
}

/// <summary>Who may read the metrics page.</summary>
internal enum MetricsAccess
{
    /// <summary>Whoever calls with the scope <c>server:read</c>.</summary>
    Authenticated,

    /// <summary>Everybody who can reach the HTTP port.</summary>
    Anyone,
}
