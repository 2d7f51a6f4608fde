using Kiwire.Server.Storage;

namespace Kiwire.Server.Sms;

/// <summary>Messages that an operator sends: to a number, or to accounts.</summary>
internal sealed class SmsMessages(
    SmsConnectorChoice connectors, SmsTemplateStore templates, ISmsRecipients recipients, SmsOutbox outbox, TimeProvider time)
{
    private const int LeastLifetime = 10;
    private const int MostLifetime = 259_200;
    private const int UsualLifetime = 86_400;
    private const int MostAccounts = 100;

    /// <summary>All of them, or none.</summary>
    /// <returns>The orders with what became of each; or what speaks against the request.</returns>
    /// <exception cref="System.Data.Common.DbException">The database is away.</exception>
    public async Task<(IReadOnlyList<SmsOrder> Orders, IReadOnlyList<SmsEnqueued> Outcomes)> SendAsync(
        long tenantId, SmsMessageRequest request, CancellationToken cancellationToken)
    {
        List<FieldFault> faults = [];
        int lifetime = request.LifetimeSeconds ?? UsualLifetime;
        if (lifetime is < LeastLifetime or > MostLifetime)
        {
            faults.Add(new("lifetimeSeconds", $"is {lifetime}; it must be {LeastLifetime} to {MostLifetime}."));
        }

        SmsOrder prototype = new()
        {
            TenantId = tenantId,
            Phone = default,
            Text = "",
            Purpose = SmsPurpose.Notice,
            Connectors = await connectors.ChooseAsync(tenantId, request.Connector, request.Fallbacks, faults, cancellationToken),
            ExpiresAt = time.GetUtcNow().AddSeconds(Math.Clamp(lifetime, LeastLifetime, MostLifetime)),
            Secrets = [.. SmsVariables.Given(request.Variables).Where(value => MessageTemplate.Secret.Contains(value.Key)).Select(value => value.Value)],
        };
        MessageTemplate? template = await TemplateOfAsync(tenantId, request, faults, cancellationToken);
        List<SmsOrder> orders = [];
        foreach ((SmsRecipient? account, PhoneNumber phone) in await RecipientsOfAsync(tenantId, request, faults, cancellationToken))
        {
            if (TextOf(request, template, account, phone, faults) is { } text)
            {
                orders.Add(prototype with { Phone = phone, Account = account?.Account ?? "", Text = text });
            }
        }

        return faults.Count > 0 || orders.Count == 0
            ? ([], [new SmsEnqueued.Refused(faults)])
            : (orders, await outbox.EnqueueAsync(orders, cancellationToken));
    }

    private async Task<IReadOnlyList<(SmsRecipient? Account, PhoneNumber Phone)>> RecipientsOfAsync(
        long tenantId, SmsMessageRequest request, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if ((request.Phone is null) == (request.Accounts is null))
        {
            faults.Add(new("phone", request.Phone is null ? "is not given, nor are accounts; one of them must be." : "is given, and accounts too; only one of them may be."));
            return [];
        }

        if (request.Accounts is not { } names)
        {
            if (PhoneNumber.TryParse(request.Phone, country: null, out PhoneNumber phone, out string? fault))
            {
                return [(null, phone)];
            }

            faults.Add(new("phone", fault));
            return [];
        }

        if (names.Count is 0 or > MostAccounts)
        {
            faults.Add(new("accounts", $"has {names.Count} names; it must have 1 to {MostAccounts}."));
            return [];
        }

        Dictionary<string, (SmsRecipient?, PhoneNumber)> found = new(StringComparer.Ordinal);
        foreach (string? name in names)
        {
            if (await recipients.FindAsync(tenantId, name ?? "", cancellationToken) is not { } account)
            {
                faults.Add(new("accounts", $"has '{name}', which is no account of yours."));
            }
            else if (!PhoneNumber.TryParse(account.Phone, country: null, out PhoneNumber phone, out string? fault))
            {
                faults.Add(new("accounts", $"has '{account.Account}', whose phone {fault}"));
            }
            else
            {
                found[account.Account] = (account, phone);
            }
        }

        return [.. found.Values];
    }

    /// <summary>Null: the request has a text of its own, or faults.</summary>
    private async Task<MessageTemplate?> TemplateOfAsync(long tenantId, SmsMessageRequest request, List<FieldFault> faults, CancellationToken cancellationToken)
    {
        if ((request.Text is null) == (request.Template is null))
        {
            faults.Add(new("text", request.Text is null ? "is not given, nor is template; one of them must be." : "is given, and template too; only one of them may be."));
            return null;
        }

        if (request.Text is { } text)
        {
            if (text.Trim().Length == 0 || text.Length > MessageTemplate.LongestText)
            {
                faults.Add(new("text", $"has {text.Length} characters; it must have 1 to {MessageTemplate.LongestText}."));
            }

            return null;
        }

        if (await templates.FindAsync(tenantId, request.Template!, cancellationToken) is not { } found || MessageTemplate.Parse(found.Text, out _) is not { } template)
        {
            faults.Add(new("template", $"is '{request.Template}', which is no template of yours; /api/v1/sms/templates lists them."));
            return null;
        }

        return template;
    }

    private static string? TextOf(SmsMessageRequest request, MessageTemplate? template, SmsRecipient? account, PhoneNumber phone, List<FieldFault> faults)
    {
        if (template is null)
        {
            return request.Text;
        }

        Dictionary<string, string> values = SmsVariables.Of(request.Variables, account, phone);
        if (template.FindMissing(values) is not { Count: > 0 } missing)
        {
            return template.Fill(values);
        }

        faults.Add(new("variables", $"has no {string.Join(", ", missing)}, which the template asks for{(account is null ? "" : $", and the account '{account.Account}' has none")}."));
        return null;
    }
}
