"""Sign-in by the platforms of an office, through allauth; an app of its own because allauth looks for providers in apps."""
