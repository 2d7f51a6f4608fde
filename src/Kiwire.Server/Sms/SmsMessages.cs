using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>Messages that an operator sends.</summary>
internal sealed class SmsMessages(SmsConnectorStore connectors, SmsTemplateStore templates, SmsOutbox outbox, TimeProvider time)
{
    private const int LeastLifetime = 10;
    private const int MostLifetime = 259_200;
    private const int UsualLifetime = 86_400;
    private const int MostFallbacks = 9;

    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<SmsEnqueued> SendAsync(long tenantId, SmsMessageRequest request, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        if (!PhoneNumber.TryParse(request.Phone, country: null, out PhoneNumber phone, out string? fault))
        {
            faults.Add(new("phone", fault));
        }

        string text = await TextOfAsync(tenantId, request, faults, cancellationToken);
        IReadOnlyList<long> order = await ConnectorsOfAsync(tenantId, request, faults, cancellationToken);
        int lifetime = request.LifetimeSeconds ?? UsualLifetime;
        if (lifetime is < LeastLifetime or > MostLifetime)
        {
            faults.Add(new("lifetimeSeconds", $"is {lifetime}; it must be {LeastLifetime} to {MostLifetime}."));
        }

        return faults.Count > 0 ? new SmsEnqueued.Refused(faults) : await outbox.EnqueueAsync(
            new SmsOrder
            {
                TenantId = tenantId,
                Phone = phone,
                Text = text,
                Purpose = SmsPurpose.Notice,
                Connectors = order,
                ExpiresAt = time.GetUtcNow().AddSeconds(lifetime),
                Secrets = [.. (request.Variables ?? new Dictionary<string, string>()).Where(value => MessageTemplate.Secret.Contains(value.Key)).Select(value => value.Value)],
            },
            cancellationToken);
    }

    private async Task<string> TextOfAsync(long tenantId, SmsMessageRequest request, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if ((request.Text is null) == (request.Template is null))
        {
            faults.Add(new("text", request.Text is null ? "is not given, nor is template; one of them must be." : "is given, and template too; only one of them may be."));
            return "";
        }

        if (request.Text is { } text)
        {
            if (text.Trim().Length == 0 || text.Length > MessageTemplate.LongestText)
            {
                faults.Add(new("text", $"has {text.Length} characters; it must have 1 to {MessageTemplate.LongestText}."));
            }

            return text;
        }

        if (await templates.FindAsync(tenantId, request.Template!, cancellationToken) is not { } found || MessageTemplate.Parse(found.Text, out _) is not { } template)
        {
            faults.Add(new("template", $"is '{request.Template}', which is no template of yours; /api/v1/sms/templates lists them."));
            return "";
        }

        IReadOnlyDictionary<string, string> values = request.Variables ?? new Dictionary<string, string>();
        if (template.FindMissing(values) is { Count: > 0 } missing)
        {
            faults.Add(new("variables", $"has no {string.Join(", ", missing)}, which the template asks for."));
            return "";
        }

        return template.Fill(values);
    }

    private async Task<IReadOnlyList<long>> ConnectorsOfAsync(
        long tenantId, SmsMessageRequest request, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if (request.Connector is null)
        {
            SmsConnector[] active = [.. (await connectors.ListAsync(tenantId, "", 100, cancellationToken)).Where(connector => connector.Active)];
            if (active.Length != 1)
            {
                faults.Add(new("connector", $"is not given, and there are {active.Length} active connectors; it must name one."));
                return [];
            }

            return [active[0].ConnectorId];
        }

        if (request.Fallbacks is { Count: > MostFallbacks })
        {
            faults.Add(new("fallbacks", $"has {request.Fallbacks.Count} connectors; there may be {MostFallbacks}."));
            return [];
        }

        List<long> order = [];
        foreach ((string field, string name) in (IEnumerable<(string, string)>)[("connector", request.Connector), .. (request.Fallbacks ?? []).Select(name => ("fallbacks", name ?? ""))])
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
