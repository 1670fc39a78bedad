package com.example.partjobservice;

import android.app.job.JobParameters;
import android.app.job.JobService;
import android.provider.Settings;

public class Spare extends JobService {
    @Override
    public boolean onStartJob(JobParameters parameters) {
        return Settings.Secure.getString(this.getContentResolver(), "android_id") == null;
    }

    @Override
    public boolean onStopJob(JobParameters parameters) {
        return false;
    }
}
