using System.Text.Json.Serialization;
using Kiwire.Server.Accounts;
using Kiwire.Server.Http;
using Kiwire.Server.Network;
using Kiwire.Server.Storage;

namespace Kiwire.Server;

/// <summary>
/// What the server can do at this moment, for Status-Server and <c>/healthz/ready</c>: logins go on for accounts in memory while the
/// database is away, and accounting goes on into the journal until that is full.
/// </summary>
internal sealed class ServerHealth(Database database, AccountDirectory accounts, AccountingJournal journal) : IServerHealth
{
    public bool CanAuthenticate => database.IsReachable || accounts.Count > 0;

    public bool CanAccount => journal.HasRoomForAccounting;

    /// <summary>The state, as the page shows it. Ready means that nothing is amiss; the other fields say what is.</summary>
    public Readiness Read()
    {
        JournalBacklog backlog = journal.Backlog;
        bool reachable = database.IsReachable;
        return new Readiness(
            reachable && CanAccount, reachable ? "reachable" : "away", CanAuthenticate, CanAccount, backlog.Records, backlog.Octets, Math.Round(backlog.Seconds, 1));
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/healthz/live", static () => TypedResults.Text("live\n"));
        routes.MapGet("/healthz/ready", static (ServerHealth health, ServerCertificate certificate) =>
        {
            Readiness state = health.Read() with { CertificateEnds = certificate.Ends };
            return TypedResults.Json(
                state, ReadinessJson.Default.Readiness, statusCode: state.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
    }
}

/// <summary>What <c>/healthz/ready</c> answers.</summary>
internal sealed record Readiness(
    bool Ready, string Database, bool CanAuthenticate, bool CanAccount, long JournalBacklogRecords, long JournalBacklogOctets, double JournalBacklogSeconds)
{
    /// <summary>When the certificate of <c>https://</c> ends; null: there is none.</summary>
    public DateTimeOffset? CertificateEnds { get; init; }
}

/// <summary>Its form.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Readiness))]
internal sealed partial class ReadinessJson : JsonSerializerContext;
