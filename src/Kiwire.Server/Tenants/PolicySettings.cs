using System.ComponentModel;
using Kiwire.Server.Storage;

namespace Kiwire.Server.Tenants;

/// <summary>A tenant's switches, the texts apart: all of them where they are shown; where they are changed, null is not given.</summary>
internal sealed record PolicySettings
{
    [Description("An Access-Request whose User-Name is a MAC address logs in the account that has it.")]
    public bool? MacAutoLogin { get; init; }

    [Description("The first login stores the device's MAC with the account.")]
    public bool? MacAutoRegister { get; init; }

    [Description("Only the stored MACs may log in.")]
    public bool? MacSecurity { get; init; }

    [Description("Where a profile allows one device, a login ends the older session instead of being refused.")]
    public bool? AutoDisconnectPrevious { get; init; }

    [Description("An account whose time or volume is used up is suspended.")]
    public bool? SuspendWhenExhausted { get; init; }

    [Description("An account that has expired is suspended.")]
    public bool? SuspendWhenExpired { get; init; }

    [Description("Generated codes and passwords are of letters and digits, else of digits alone.")]
    public bool? PasswordSecurityHigh { get; init; }

    [Description("Ten wrong passwords in ten minutes for one account from one client device shut that pair out for ten minutes.")]
    public bool? Lockout { get; init; }

    [Description("How long a refusal is held back: 0 to 5 seconds.")]
    public double? RejectDelaySeconds { get; init; }

    [Description("Acct-Interim-Interval of an accept: 60 to 86400 seconds.")]
    public int? InterimIntervalSeconds { get; init; }

    [Description("The EAP methods to offer, most wanted first: MD5, MSCHAPv2, GTC.")]
    public IReadOnlyList<string>? EapMethods { get; init; }

    public static PolicySettings Of(TenantPolicy policy) => new()
    {
        MacAutoLogin = policy.MacAutoLogin,
        MacAutoRegister = policy.MacAutoRegister,
        MacSecurity = policy.MacSecurity,
        AutoDisconnectPrevious = policy.AutoDisconnectPrevious,
        SuspendWhenExhausted = policy.SuspendWhenExhausted,
        SuspendWhenExpired = policy.SuspendWhenExpired,
        PasswordSecurityHigh = policy.PasswordSecurityHigh,
        Lockout = policy.Lockout,
        RejectDelaySeconds = policy.RejectDelaySeconds,
        InterimIntervalSeconds = policy.InterimIntervalSeconds,
        EapMethods = policy.EapMethods,
    };

    /// <summary>The policy with what is given here; texts and fields of other versions stay.</summary>
    public TenantPolicy ApplyTo(TenantPolicy policy) => policy with
    {
        MacAutoLogin = MacAutoLogin ?? policy.MacAutoLogin,
        MacAutoRegister = MacAutoRegister ?? policy.MacAutoRegister,
        MacSecurity = MacSecurity ?? policy.MacSecurity,
        AutoDisconnectPrevious = AutoDisconnectPrevious ?? policy.AutoDisconnectPrevious,
        SuspendWhenExhausted = SuspendWhenExhausted ?? policy.SuspendWhenExhausted,
        SuspendWhenExpired = SuspendWhenExpired ?? policy.SuspendWhenExpired,
        PasswordSecurityHigh = PasswordSecurityHigh ?? policy.PasswordSecurityHigh,
        Lockout = Lockout ?? policy.Lockout,
        RejectDelaySeconds = RejectDelaySeconds ?? policy.RejectDelaySeconds,
        InterimIntervalSeconds = InterimIntervalSeconds ?? policy.InterimIntervalSeconds,
        EapMethods = EapMethods ?? policy.EapMethods,
    };

    /// <summary>Writes down what is different in another.</summary>
    public void CompareTo(PolicySettings after, AuditChanges changes) => changes
        .Compare("macAutoLogin", MacAutoLogin, after.MacAutoLogin)
        .Compare("macAutoRegister", MacAutoRegister, after.MacAutoRegister)
        .Compare("macSecurity", MacSecurity, after.MacSecurity)
        .Compare("autoDisconnectPrevious", AutoDisconnectPrevious, after.AutoDisconnectPrevious)
        .Compare("suspendWhenExhausted", SuspendWhenExhausted, after.SuspendWhenExhausted)
        .Compare("suspendWhenExpired", SuspendWhenExpired, after.SuspendWhenExpired)
        .Compare("passwordSecurityHigh", PasswordSecurityHigh, after.PasswordSecurityHigh)
        .Compare("lockout", Lockout, after.Lockout)
        .Compare("rejectDelaySeconds", RejectDelaySeconds, after.RejectDelaySeconds)
        .Compare("interimIntervalSeconds", InterimIntervalSeconds, after.InterimIntervalSeconds)
        .CompareLists("eapMethods", EapMethods ?? [], after.EapMethods ?? []);
}
