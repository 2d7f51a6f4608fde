using System.Collections.Frozen;
using Kiwire.Server.Sms;

namespace Kiwire.Server.OneTimeCodes;

/// <summary>All tenants' SMS policies, from memory: an immutable snapshot, replaced when one changes. Reading takes no lock and allocates nothing.</summary>
internal sealed class SmsPolicyDirectory(SmsPolicyStore store, SmsTemplateStore templates) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private volatile FrozenDictionary<long, SmsPolicy> _policies = FrozenDictionary<long, SmsPolicy>.Empty;

    /// <summary>The tenant's policy; the default one, which is not enabled, where it has changed nothing.</summary>
    public SmsPolicy Of(long tenantId) => _policies.TryGetValue(tenantId, out SmsPolicy? policy) ? policy : new SmsPolicy { TenantId = tenantId };

    /// <summary>The tenant's policy where it is enabled; null: it is not.</summary>
    public SmsPolicy? EnabledOf(long tenantId) => _policies.TryGetValue(tenantId, out SmsPolicy? policy) && policy.Enabled ? policy : null;

    /// <summary>Reads all policies from the database. One reading follows another, so the newest stays.</summary>
    /// <exception cref="System.Data.Common.DbException">The database is away; what was known stays.</exception>
    /// <exception cref="System.Text.Json.JsonException">A row cannot be understood; what was known stays.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            List<SmsPolicy> policies = [];
            foreach (SmsPolicy policy in await store.ListAllAsync(cancellationToken))
            {
                SmsTemplate? template = policy.TemplateId == 0 ? null : await templates.GetAsync(policy.TenantId, policy.TemplateId, cancellationToken);
                policies.Add(policy with { Template = template is null ? null : MessageTemplate.Parse(template.Text, out _) });
            }

            _policies = policies.ToFrozenDictionary(policy => policy.TenantId);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose() => _loading.Dispose();
}
