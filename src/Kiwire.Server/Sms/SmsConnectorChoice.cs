using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>The connectors that a request names, or the only one that there is.</summary>
internal sealed class SmsConnectorChoice(SmsConnectorStore connectors)
{
    private const int MostFallbacks = 9;

    /// <summary>In the order in which they are tried; what is wrong is added to the faults.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<IReadOnlyList<long>> ChooseAsync(
        long tenantId, string? first, IReadOnlyList<string>? fallbacks, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if (first is null)
        {
            SmsConnector[] active = [.. (await connectors.ListAsync(tenantId, "", 100, cancellationToken)).Where(connector => connector.Active)];
            if (active.Length != 1)
            {
                faults.Add(new("connector", $"is not given, and there are {active.Length} active connectors; it must name one."));
                return [];
            }

            return [active[0].ConnectorId];
        }

        if (fallbacks is { Count: > MostFallbacks })
        {
            faults.Add(new("fallbacks", $"has {fallbacks.Count} connectors; there may be {MostFallbacks}."));
            return [];
        }

        List<long> order = [];
        foreach ((string field, string name) in (IEnumerable<(string, string)>)[("connector", first), .. (fallbacks ?? []).Select(name => ("fallbacks", name ?? ""))])
        {
            if (await connectors.FindAsync(tenantId, name, cancellationToken) is not { } connector)
            {
                faults.Add(new(field, $"has '{name}', which is no connector of yours; /api/v1/sms/connectors lists them."));
            }
            else if (!connector.Active)
            {
                faults.Add(new(field, $"has '{name}', which is not active; only an active connector sends."));
            }
            else
            {
                order.Add(connector.ConnectorId);
            }
        }

        return [.. order.Distinct()];
    }
}
