namespace Kiwire.Server.Tenants;

/// <summary>What another room gives each new tenant; the tenants' room does not know the others.</summary>
internal interface INewTenant
{
    /// <summary>The tenant is made. What this adds holds when the call that makes it returns; should it fail, that room does it later.</summary>
    Task BeginAsync(long tenantId, CancellationToken cancellationToken);
}
