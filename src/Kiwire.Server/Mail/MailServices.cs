using Microsoft.Extensions.Options;

namespace Kiwire.Server.Mail;

/// <summary>The room of e-mail.</summary>
internal static class MailServices
{
    public static IServiceCollection AddMail(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<MailOptions>().Bind(configuration.GetSection(MailOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsAnnotations>();
        services.AddSingleton<IValidateOptions<MailOptions>, MailOptionsValidator>();
        return services.AddSingleton<MailMetrics>().AddSingleton<MailSender>();
    }
}
