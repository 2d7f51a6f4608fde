using System.ComponentModel;
using System.Reflection;
using Kiwire.Server.Accounts;
using Kiwire.Server.Listening;
using Kiwire.Server.Sessions;
using Kiwire.Server.Storage;
using Kiwire.Server.Tenants;
using Kiwire.Server.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Kiwire.Server.Api;

/// <summary><c>/api/v1/status</c>: how this server does, in one answer.</summary>
internal static class StatusEndpoints
{
    public static void MapStatus(this IEndpointRouteBuilder routes)
    {
        DateTimeOffset startedAt = routes.ServiceProvider.GetRequiredService<TimeProvider>().GetUtcNow();
        routes.MapGet("/status", (ServerFigures figures) => Get(startedAt, figures)).RequireScope(ApiScope.ServerRead).WithTags("Server")
            .WithSummary("Shows how this server does: version, database, journal, listeners, what is in memory");
    }

    private static Ok<StatusBody> Get(DateTimeOffset startedAt, ServerFigures figures) => TypedResults.Ok(figures.Read(startedAt));
}

/// <summary>Gathers the figures from the rooms that have them.</summary>
internal sealed class ServerFigures(
    ServerHealth health,
    Database database,
    RadiusListeners listeners,
    IServer http,
    TenantDirectory tenants,
    AccountDirectory accounts,
    LiveSessions sessions,
    TimeProvider time)
{
    private static readonly string Version =
        typeof(ServerFigures).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";

    public StatusBody Read(DateTimeOffset startedAt)
    {
        Readiness readiness = health.Read();
        return new StatusBody
        {
            Version = Version,
            StartedAt = startedAt,
            UptimeSeconds = (long)(time.GetUtcNow() - startedAt).TotalSeconds,
            Ready = readiness.Ready,
            CanAuthenticate = readiness.CanAuthenticate,
            CanAccount = readiness.CanAccount,
            Database = new DatabaseBody { Provider = database.Provider, Reachable = database.IsReachable },
            Journal = new JournalBody
            {
                BacklogRecords = readiness.JournalBacklogRecords,
                BacklogOctets = readiness.JournalBacklogOctets,
                BacklogSeconds = readiness.JournalBacklogSeconds,
            },
            Listeners =
            [
                .. listeners.EndPoints.Select(endPoint => new ListenerBody
                {
                    Purpose = endPoint.Purpose,
                    Address = endPoint.EndPoint.Address.ToString(),
                    Port = endPoint.EndPoint.Port,
                }),
            ],
            HttpUrls = [.. http.Features.Get<IServerAddressesFeature>()?.Addresses ?? []],
            Tenants = tenants.Tenants.Count,
            AccountsInMemory = accounts.Count,
            OpenSessions = sessions.Count,
        };
    }
}

/// <summary>How a server does.</summary>
internal sealed record StatusBody
{
    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long UptimeSeconds { get; init; }

    [Description("Nothing is amiss; as /healthz/ready says it.")]
    public required bool Ready { get; init; }

    public required bool CanAuthenticate { get; init; }

    public required bool CanAccount { get; init; }

    public required DatabaseBody Database { get; init; }

    public required JournalBody Journal { get; init; }

    [Description("Where RADIUS is taken.")]
    public required IReadOnlyList<ListenerBody> Listeners { get; init; }

    public required IReadOnlyList<string> HttpUrls { get; init; }

    public required int Tenants { get; init; }

    public required int AccountsInMemory { get; init; }

    [Description("Sessions under way that this server knows.")]
    public required int OpenSessions { get; init; }
}

/// <summary>The database of a server.</summary>
internal sealed record DatabaseBody
{
    public required StorageProvider Provider { get; init; }

    public required bool Reachable { get; init; }
}

/// <summary>What waits for the database.</summary>
internal sealed record JournalBody
{
    [Description("Records that are on disc and not yet in the database.")]
    public required long BacklogRecords { get; init; }

    public required long BacklogOctets { get; init; }

    [Description("How long the oldest has waited.")]
    public required double BacklogSeconds { get; init; }
}

/// <summary>Where RADIUS is taken.</summary>
internal sealed record ListenerBody
{
    public required ListenerPurpose Purpose { get; init; }

    public required string Address { get; init; }

    public required int Port { get; init; }
}
